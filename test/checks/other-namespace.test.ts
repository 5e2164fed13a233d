import { diagnostics, podMonitor, service, serviceMonitor, workload } from './manifests-of-others.js';

test('a monitor that looks in another namespace is answered with the namespace to name', () => {
  const elsewhere = (monitor: object) => ({ ...monitor, metadata: { name: 'web', namespace: 'monitoring' } });
  const diagnosticsOf = (monitor: object) =>
    diagnostics(workload('Deployment'), service, elsewhere(monitor)).filter((text) =>
      text.includes('spec.selector'),
    );
  const hint = 'namespace shop has them: set spec.namespaceSelector: { matchNames: [shop] }';
  expect(diagnosticsOf(serviceMonitor({}))).toEqual([
    expect.stringMatching(/no Service in namespace monitoring with/),
  ]);
  for (const monitor of [serviceMonitor({}), podMonitor({})])
    expect(diagnosticsOf(monitor)[0]?.endsWith(`; ${hint}`)).toBe(true);
});
