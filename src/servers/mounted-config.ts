/** The folder of our gunicorn configuration: no image has one there that the mount would hide. */
export const MOUNTED_FOLDER = '/etc/worker-metrics/gunicorn';
