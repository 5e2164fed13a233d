/** The code of the bundle runs under the name of this module, and transform.mjs gives jest its source map. */
export const isBundle = true;
