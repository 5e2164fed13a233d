/**
 * Prints rows as a Markdown table. A goal is the largest allowed value of a column.
 * @param rows the bare node first
 */
export function printTable(rows) {
  const [{ seconds: floor }] = rows;
  console.log('| run | seconds | processor seconds | × bare node | peak MB | goal |');
  console.log('| --- | ---: | ---: | ---: | ---: | --- |');
  for (const { name, goal, ...measured } of rows) {
    const found = { ...measured, times: measured.seconds / floor };
    const cells = Object.entries(COLUMNS).map(([column, { digits }]) => found[column]?.toFixed(digits) ?? '');
    console.log(`| ${[name, ...cells, goals(goal, found)].join(' | ')} |`);
  }
}

const COLUMNS = {
  seconds: { unit: 's', digits: 2 },
  processor: { unit: 's of processor time', digits: 2 },
  times: { unit: '× bare node', digits: 1 },
  megabytes: { unit: 'MB', digits: 0 },
};

function goals(goal, found) {
  return Object.entries(goal)
    .map(([column, max]) => {
      const { unit, digits } = COLUMNS[column];
      return `${max.toFixed(digits)} ${unit}${found[column] > max ? ': missed' : ''}`;
    })
    .join(', ');
}
