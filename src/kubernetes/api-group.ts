/** The API group of an API version: `apps` of `apps/v1`; empty for `v1`. */
export function apiGroup(apiVersion: string): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}
