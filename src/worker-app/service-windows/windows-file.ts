/** Path of the file with the service windows. */
export const SERVICE_WINDOWS_FILE = '/etc/service-windows/components.json';
