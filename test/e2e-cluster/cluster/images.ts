import {
  ALERTMANAGER_0_28,
  PROMETHEUS_3,
  PROMETHEUS_OPERATOR,
  type GoModule,
} from '../../../scripts/cluster-programs/go-modules.js';
import { applicationImage } from '../node/application-image.js';
import { programImage, systemCommands, type Image } from '../node/image.js';
import type { Images } from '../node/node.js';
import { builtProgram } from './built-program.js';

/** The images that the node of a test has. */
export function images(): Images {
  const own = /^quay\.io\/prometheus-operator\//.source;
  const program = (pattern: string, name: string, module: GoModule) =>
    [new RegExp(pattern), programImage(`/bin/${name}`, builtProgram(module, name))] as const;
  return [
    program(`${own}prometheus-operator:`, 'operator', PROMETHEUS_OPERATOR),
    program(`${own}prometheus-config-reloader:`, 'prometheus-config-reloader', PROMETHEUS_OPERATOR),
    program(`${own}admission-webhook:`, 'admission-webhook', PROMETHEUS_OPERATOR),
    [/\/prometheus\/prometheus:/, prometheusImage()],
    program('/prometheus/alertmanager:', 'alertmanager', ALERTMANAGER_0_28),
    [/^example\//, applicationImage()],
  ];
}

/** Prometheus and promtool, with the commands that copy promtool for another container, and run it in this one. */
function prometheusImage(): Image {
  const commands = systemCommands('cp', 'env');
  const programs = ['prometheus', 'promtool'].map((name) => [
    `/bin/${name}`,
    builtProgram(PROMETHEUS_3, name),
  ]);
  return {
    ...commands,
    files: { ...commands.files, ...Object.fromEntries(programs) },
    entrypoint: ['/bin/prometheus'],
    env: { PATH: '/bin' },
  };
}
