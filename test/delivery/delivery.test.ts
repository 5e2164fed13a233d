import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { Kustomization } from '@kubernetes-models/flux-cd/kustomize.toolkit.fluxcd.io/v1/Kustomization';
import { GitRepository } from '@kubernetes-models/flux-cd/source.toolkit.fluxcd.io/v1/GitRepository';
import { loadAll } from 'js-yaml';
import { synthesize } from '../../charts/synthesize.js';
import type { Manifest } from '../../src/kubernetes/manifest.js';
import { formatDiagnostic } from '../../src/diagnostics/diagnostic.js';
import { parseValues } from '../../src/values/parse-values.js';

const MODELS = [Application, GitRepository, Kustomization];

describe('delivery by Argo CD', () => {
  test('is an Application that deploys the file of the application, and prunes', () => {
    const [file] = delivered('argocd: { repo: "git@example.com:team/gitops.git" }');
    expect(file).toMatchObject({ place: 'live/delivery/shop', errors: [] });
    const [application] = objects(file);
    expect(application).toMatchObject({
      kind: 'Application',
      metadata: { name: 'shop-live', namespace: 'argocd' },
      spec: {
        project: 'default',
        source: {
          repoURL: 'git@example.com:team/gitops.git',
          targetRevision: 'main',
          path: 'dist/live',
          directory: { include: 'shop.k8s.yaml' },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'store' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          syncOptions: ['CreateNamespace=true', 'PruneLast=true', 'SkipDryRunOnMissingResource=true'],
        },
      },
    });
  });

  test('has a sync wave where order matters, and none where it does not', () => {
    const annotations = (wave: string) =>
      objects(delivered(`argocd: { repo: "https://example.com/a.git"${wave} }`)[0])[0]?.['metadata'];
    expect(annotations(', wave: -1')).toMatchObject({
      annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
    });
    expect(annotations('')).not.toHaveProperty('annotations');
  });

  test('without environments is beside the applications, with the name of the application', () => {
    const [file] = delivered('argocd: { repo: "https://example.com/a.git" }', '');
    expect(file?.place).toBe('delivery/shop');
    expect(objects(file)[0]).toMatchObject({
      metadata: { name: 'shop' },
      spec: { source: { path: 'dist' } },
    });
  });
});

describe('delivery by Flux', () => {
  test('is a source of one file, and a Kustomization that waits until it runs', () => {
    const [file] = delivered(
      'flux: { repo: "https://example.com/a.git", path: apps/live, dependsOn: [infra] }',
    );
    expect(objects(file)).toMatchObject([
      {
        kind: 'GitRepository',
        metadata: { name: 'shop-live', namespace: 'flux-system' },
        spec: {
          url: 'https://example.com/a.git',
          ref: { branch: 'main' },
          ignore: '/*\n!/apps\n/apps/*\n!/apps/live\n/apps/live/*\n!/apps/live/shop.k8s.yaml\n',
        },
      },
      {
        kind: 'Kustomization',
        metadata: { name: 'shop-live', namespace: 'flux-system' },
        spec: {
          path: './apps/live',
          prune: true,
          wait: true,
          timeout: '5m',
          dependsOn: [{ name: 'infra' }],
          sourceRef: { kind: 'GitRepository', name: 'shop-live' },
        },
      },
    ]);
  });

  test('may take the root of a repository', () => {
    const [source, kustomization] = objects(
      delivered('flux: { repo: "https://example.com/a.git", path: . }')[0],
    );
    expect([source?.['spec'], kustomization?.['spec']]).toMatchObject([
      { ignore: '/*\n!/shop.k8s.yaml\n' },
      { path: './' },
    ]);
  });
});

test.each([
  'argocd: { repo: "https://example.com/a.git" }',
  'argocd: { repo: "ssh://git@example.com/a.git", branch: live, path: apps, namespace: argo, project: shop, server: "https://1.2.3.4:6443", prune: false, selfHeal: false, wave: 3 }',
  'flux: { repo: "https://example.com/a.git" }',
  'flux: { repo: "ssh://git@example.com/a.git", branch: live, path: ., namespace: flux, secret: key, interval: 1m, timeout: 90s, prune: false, dependsOn: [a, b] }',
])('keeps the schemas of Argo CD and Flux: %s', (delivery) => {
  const made = objects(delivered(delivery)[0]);
  expect(made.length).toBeGreaterThan(0);
  for (const object of made) {
    const Model = MODELS.find(({ kind, apiVersion }) => kind === object['kind'] && apiVersion === object['apiVersion']);
    expect(() => new (Model as typeof Application)(object as never).validate()).not.toThrow();
  }
}); // prettier-ignore

describe('the branch of a delivery', () => {
  test.each([
    ['main', 'main'],
    ['refs/heads/release/1', 'release/1'],
  ])('may be given as %s, for Argo CD and Flux', (given, branch) => {
    const [application] = objects(delivered(`argocd: { repo: "https://a/b", branch: ${given} }`)[0]);
    const [source] = objects(delivered(`flux: { repo: "https://a/b", branch: ${given} }`)[0]);
    expect(application).toMatchObject({ spec: { source: { targetRevision: branch } } });
    expect(source).toMatchObject({ spec: { ref: { branch } } });
  });

  test('may be HEAD for Argo CD, which takes it for the default branch', () => {
    const [application] = objects(delivered('argocd: { repo: "https://a/b", branch: HEAD }')[0]);
    expect(application).toMatchObject({ spec: { source: { targetRevision: 'HEAD' } } });
  });
});

describe('delivery refuses', () => {
  const rest =
    'the name of a branch such as main or refs/heads/main (no spaces, none of ~^:?*[\\, no "..", "//" or "@{", no "-", "/", "." or other "refs/" first, no "/", "." or ".lock" last';
  const source = 'expected the URL of a git repository, such as https://example.com/team/gitops.git';
  test.each([
    ['{}', 'delivery: expected either argocd or flux, got an empty map'],
    ['{ argocd: { repo: "https://a/b" }, flux: { repo: "https://a/b" } }', 'delivery: expected either argocd or flux, got a map with argocd, flux'],
    ['{ argo: {} }', 'delivery.argo: unknown key; did you mean "argocd"?'],
    ['{ argocd: {} }', `delivery.argocd.repo: missing; ${source} (without user and password)`],
    ['{ argocd: { repo: "https://a/b", wave: first } }', 'delivery.argocd.wave: expected a whole number from -1000 to 1000, got "first"'],
    ['{ argocd: { repo: "https://a/b", path: ../b } }', 'delivery.argocd.path: expected a folder such as apps/shop, or . for the root, got "../b"'],
    ['{ argocd: { repo: "https://a/b", prune: "yes" } }', 'delivery.argocd.prune: expected true or false, got "yes"; write prune: true'],
    ['{ flux: { repo: "git@a:b" } }', `delivery.flux.repo: ${source} or ssh://git@example.com/team/gitops.git (without a password), got "git@a:b"`],
    ['{ argocd: { repo: "https://a/b", branch: refs/tags/v1 } }', `delivery.argocd.branch: expected HEAD, or ${rest}), got "refs/tags/v1"`],
    ['{ flux: { repo: "https://a/b", branch: HEAD } }', `delivery.flux.branch: expected ${rest}, not HEAD), got "HEAD"`],
    ['{ flux: { repo: "https://a/b", interval: often } }', 'delivery.flux.interval: expected a duration such as 10m, 1h or 30s, got "often"'],
  ])('%s', (delivery, expected) => {
    const { problems } = parseValues([
      { file: 'f', text: `name: a\nimage: a/b\nworkers: 1\ndelivery: ${delivery}\n` },
    ]);
    expect(problems.map(formatDiagnostic)).toEqual([`f:4: ${expected}`]);
  }); // prettier-ignore

  test.each([
    'https://me:secret@example.com/a.git',
    'https://token@example.com/a.git',
    'ssh://me:secret@example.com/a',
  ])('credentials, which would be committed: %s', (repo) => {
    for (const way of ['argocd', 'flux']) {
      const text = `name: a\nimage: a/b\nworkers: 1\ndelivery: { ${way}: { repo: "${repo}" } }\n`;
      expect(parseValues([{ file: 'f', text }]).problems).toHaveLength(1);
    }
  });

  test('names that Argo CD and Flux could not put in a label', () => {
    const text = `name: ${'a'.repeat(60)}\nimage: a/b\nworkers: 1\ndelivery: { argocd: { repo: "https://a/b" } }\nenvironments: { dev: {} }\n`;
    expect(parseValues([{ file: 'f', text }]).problems.map(formatDiagnostic)).toEqual([
      `f:4: delivery: its objects would be named ${'a'.repeat(60)}-dev, beyond 63 characters; shorten the name, or the environment's`,
    ]);
  });
});

/** The files for delivery of an application with one environment. */
function delivered(delivery: string, environments = 'environments: { live: { namespace: store } }') {
  const text = `name: shop\nimage: a/b\nworkers: 1\ndelivery: { ${delivery} }\n${environments}\n`;
  const { values, problems } = parseValues([{ file: 'f', text }]);
  expect(problems).toEqual([]);
  return [...synthesize(values)].slice(1);
}

function objects(file: { readonly yaml: string } | undefined): Manifest[] {
  return loadAll(file?.yaml ?? '') as Manifest[];
}
