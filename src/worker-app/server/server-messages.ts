// Messages about options of gunicorn, wherever they are given: in `env.GUNICORN_CMD_ARGS`, `command` or `args`.

/** @param option as it is written: `--preload` */
export function withoutWorkerPorts(option: string) {
  const message = `${option} would leave workers without a metrics port`;
  return { message, hint: 'remove it, or set metrics.exporter to gunicorn' };
}

/** @param option as it is written: `-c own.py` */
export function replacesConfig(option: string) {
  const message = `${option} would replace our gunicorn config`;
  return {
    message,
    hint: 'remove it, and set env.IMAGE_GUNICORN_CONFIG to that file, which our config reads first',
  };
}
