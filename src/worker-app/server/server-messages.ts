// Messages about options of gunicorn, wherever they are given: in `env.GUNICORN_CMD_ARGS`, `command` or `args`.

/** @param option as it is written: `--preload` */
export function withoutWorkerPorts(option: string): string {
  return `${option} would leave workers without a metrics port; remove it, or set metrics.exporter to gunicorn`;
}

/** @param option as it is written: `-c own.py` */
export function replacesConfig(option: string): string {
  return `${option} would replace our gunicorn config; remove it, and set env.IMAGE_GUNICORN_CONFIG to that file, which our config reads first`;
}
