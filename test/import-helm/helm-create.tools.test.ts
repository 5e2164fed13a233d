import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { HELM, needTools } from '../e2e/stack/tools.js';
import { Workplace } from '../cli/command-line.js';

needTools(HELM);

const here = (name: string) => path.join(import.meta.dirname, 'helm-create', name);

test('Helm renders the chart of helm create as the other tests expect', () => {
  const place = new Workplace();
  try {
    const helm = (...args: string[]) => execFileSync(HELM, args, { cwd: place.folder, encoding: 'utf8' });
    helm('create', 'web');
    const rendered = helm('template', 'prod', 'web', '--namespace', 'shop', '--values', here('values.yaml'));

    expect(rendered).toBe(readFileSync(here('rendered.yaml'), 'utf8'));
  } finally {
    place.remove();
  }
});
