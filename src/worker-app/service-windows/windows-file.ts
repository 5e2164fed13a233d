/** Where the application finds its service windows. */
export const SERVICE_WINDOWS_FILE = '/etc/service-windows/components.json';
