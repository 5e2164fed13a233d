import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The licence texts of the packages that bundles contain: their licences ask for that. */
export function bundledLicenses(root, metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap(({ inputs }) => Object.keys(inputs));
  // Not of a plugin's own modules, `on-demand:…`.
  const folders = new Set(
    inputs.flatMap((file) => /^[^:]*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
  );
  const texts = [...folders].map((folder) => licenseOf(path.join(root, folder))).toSorted();
  return `lib/ contains code of these packages.\n\n${[...new Set(texts)].join('\n')}`;
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string') throw new Error(`${folder}/package.json: license: expected an SPDX name`);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)\b/i.test(file));
  const texts = files.toSorted().map((file) => `\n${readFileSync(path.join(folder, file), 'utf8').trim()}\n`);
  return `${'='.repeat(80)}\n${name} ${version}: ${license}\n${texts.join('')}`;
}
