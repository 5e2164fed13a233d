/** Folder of our gunicorn configuration. The mount hides nothing: images don't use this folder. */
export const MOUNTED_FOLDER = '/etc/worker-metrics/gunicorn';
