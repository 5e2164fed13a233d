import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { Workplace } from './command-line.js';

let place: Workplace;
beforeEach(() => (place = new Workplace()));
afterEach(() => place.remove());

const SHOP = `name: shop
image: a/b:1
workers: 5
environments:
  live: { replicas: 3 }
  dev: { replicas: 1 }
`;

describe('worker-metrics report', () => {
  test('writes a page of all environments that synth would write, without writing manifests', async () => {
    const values = place.write('values/shop.yaml', SHOP);
    const page = place.path('out/wiring.html');
    expect(await run('--values', values, '-o', page)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: expect.stringMatching(/wiring\.html: 2 applications \([0-9]+ kB\)\n$/) as string,
    });
    const html = readFileSync(page, 'utf8');
    expect(html.match(/<h2[^>]*>[^<]*/g)?.map((heading) => heading.replace(/.*>/, ''))).toEqual([
      'live',
      'dev',
    ]);
    expect(html).toContain('5 workers in each of 3 pods are scraped.');
    expect(readdirSync(place.path('out'))).toEqual(['wiring.html']);
    expect(existsSync(place.path('dist'))).toBe(false);
  });

  test('shows only the environments that are named, with values of this run', async () => {
    const values = place.write('values/shop.yaml', SHOP);
    const { stdout } = await run('--values', values, '--environment', 'dev', '--set', 'shop.workers=7', '-o', '-');
    expect(stdout).toContain('7 workers in 1 pod are scraped.');
    expect(stdout).not.toContain('live');
  }); // prettier-ignore

  test('shows any manifests, and counts the broken applications', async () => {
    const values = place.write('values/shop.yaml', SHOP.replace(/env.*/s, ''));
    await place.run('synth', '--values', values, '--output', place.path('dist'));
    const dist = readFileSync(place.path('dist/shop.k8s.yaml'), 'utf8');
    const file = place.write('shop.yaml', dist.replace('targetPort: metrics-3', 'targetPort: metric-3'));
    const { exitCode, stdout, stderr } = await run(file, '-o', place.path('w.html'));
    expect([exitCode, stdout]).toEqual([0, '']);
    expect(stderr).toMatch(/w\.html: 1 application, 1 broken \([0-9]+ kB\)\n$/);
    expect(readFileSync(place.path('w.html'), 'utf8')).toContain('did you mean &quot;metrics-3&quot;?');
  });

  test('prints the page with -o -, and nothing else', async () => {
    const values = place.write('values/shop.yaml', SHOP);
    const { exitCode, stdout, stderr } = await run('--values', values, '-o', '-');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^<!doctype html>[^]*<\/html>\s*$/);
  });

  test('gives the diagnostics of the page as JSON, and as annotations on GitHub', async () => {
    const manifest =
      'apiVersion: v1\nkind: Service\nmetadata: { name: 1shop }\nspec: { ports: [{ port: 80 }] }\n';
    const file = place.write('service.yaml', manifest);
    const json = await run(file, '-o', place.path('w.html'), '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      written: expect.stringContaining('w.html') as string,
      diagnostics: [{ severity: 'error', object: 'Service default/1shop' }],
    });
    const github = await run(file, '-o', place.path('w.html'), '--format', 'github');
    expect(github.stdout).toMatch(
      /^::error file=service\.yaml,line=3,col=13,endColumn=17,title=Service default\/1shop/,
    );
  });

  test('replaces an earlier page, also through a link', async () => {
    const values = place.write('values/shop.yaml', SHOP);
    const page = place.path('wiring.html');
    await run('--values', values, '-o', page);
    symlinkSync(page, place.path('link.html'));
    const { exitCode } = await run('--values', values, '--environment', 'dev', '-o', place.path('link.html'), '-q');
    expect(exitCode).toBe(0);
    expect(readFileSync(page, 'utf8')).not.toContain('live');
  }); // prettier-ignore

  test.each<[string, () => string, string]>([
    ['a file that is not its own', () => place.write('notes.html', '<p>mine</p>'), 'exists, and is not a page of this command; remove it, or name another file with --output'],
    ['a folder', () => place.folder, 'a folder; name a file with --output, or - for standard output'],
    ['a device', () => '/dev/null', 'not a regular file but a device; name a file with --output, or - for standard output'],
  ])('does not replace %s', async (_, target, message) => {
    const values = place.write('values/shop.yaml', SHOP);
    const file = target();
    const { exitCode, stdout, stderr } = await run('--values', values, '-o', file);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr.endsWith(`: ${message}\n1 problem; nothing was written\n`)).toBe(true);
  }); // prettier-ignore

  test.each([
    ['invalid values', 'name: shop\nimage: a/b:1\nworkers: 0\n', 'workers: expected a whole number from 1 to 100, got 0'],
  ])('writes nothing for %s', async (_, text, message) => {
    const values = place.write('values/shop.yaml', text);
    const { exitCode, stderr } = await run('--values', values, '-o', place.path('w.html'));
    expect([exitCode, existsSync(place.path('w.html'))]).toEqual([1, false]);
    expect(stderr).toContain(message);
    expect(stderr).toContain('1 problem; nothing was written');
  }); // prettier-ignore

  test('refuses files together with values: they are two sources', async () => {
    const values = place.write('values/shop.yaml', SHOP);
    const { exitCode, stderr } = await run(values, '--values', values, '-o', place.path('w.html'));
    expect([exitCode, stderr]).toEqual([
      1,
      '[file...]: manifests were named together with --values; name either\n1 problem; nothing was written\n',
    ]);
  });
});

async function run(...args: string[]) {
  return place.run('report', ...args);
}
