import { scrapeJob } from '../../src/prometheus/scrape-job.js';

const job = {
  name: 'shop',
  labels: { team: 'shop' },
  discovery: { static_configs: [{ targets: ['shop:8001'] }] },
};

test('every target of a job gets its fixed labels, after all other relabelling', () => {
  const keep = {
    source_labels: ['__meta_kubernetes_endpoint_port_name'],
    regex: 'metrics-[0-9]+',
    action: 'keep',
  };
  expect(scrapeJob({ ...job, interval: '15s', path: '/stats', relabelings: [keep] })).toEqual({
    job_name: 'shop',
    scrape_interval: '15s',
    metrics_path: '/stats',
    static_configs: [{ targets: ['shop:8001'] }],
    relabel_configs: [keep, { target_label: 'team', replacement: 'shop' }],
  });
});

test('a "$" in a label stands for itself', () => {
  expect(scrapeJob({ ...job, labels: { price: '$1' } }).relabel_configs).toEqual([
    { target_label: 'price', replacement: '$$1' },
  ]);
});

test.each([
  ['without a label', { labels: {} }, 'labels: missing; give every target at least one fixed label, such as team: shop'],
  ['with an empty label', { labels: { team: '' } }, 'labels.team: expected a text, got ""; Prometheus drops an empty label'],
  ['with a label that the scrape gives', { labels: { job: 'a' } }, 'labels.job: Prometheus gives this label; choose another'],
  ['with a label that is none', { labels: { 'a-b': 'c' } }, 'labels.a-b: expected a label name (letters, digits and "_", no digit first, not "__" at the start), got "a-b"'],
  ['without targets', { discovery: {} }, 'discovery: there are no targets; give static_configs, kubernetes_sd_configs or another'],
  ['with an interval that is none', { interval: '0s' }, 'interval: expected a duration such as 15s, 1m30s or 2h (units y w d h m s ms in this order; above zero, below 292y), got "0s"'],
])('a job %s is refused', (_name, props, message) => {
  expect(() => scrapeJob({ ...job, ...props })).toThrow(`scrapeJob shop: ${message}`);
}); // prettier-ignore
