/** The value of a series on a page of metrics; 0 where there is none. */
export function valueOnPage(page: string, series: string): number {
  const line = page.split('\n').find((one) => one.startsWith(`${series} `));
  return Number(line?.slice(series.length) ?? 0);
}
