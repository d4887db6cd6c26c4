/** The table's metrics as prom-client objects. Loaded only where metrics are asked for. */

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName, type MetricSpec } from './metric-table.ts';

export type Labels = Readonly<Record<string, string>>;

type Metric = Counter | Gauge | Histogram;

export interface MetricRegistry {
  /** Adds to a counter. */
  add(name: MetricName, value: number, labels?: Labels): void;
  /** Sets a gauge, or a counter that is counted elsewhere. */
  set(name: MetricName, value: number, labels?: Labels): void;
  /** Records one value of a histogram. */
  observe(name: MetricName, value: number, labels?: Labels): void;
  /** Removes all series of a metric. */
  clear(name: MetricName): void;
  /** The text for Prometheus. */
  render(): Promise<string>;
  readonly contentType: string;
}

/** Values of one label that get a series of their own; further ones are counted as `other`, so that no input can create unlimited series. */
const MAX_VALUES = 50;
const LONGEST_VALUE = 100;

export function createMetricRegistry(where: MetricSpec['where'], defaults: Labels = {}): MetricRegistry {
  const registry = new Registry();
  registry.setDefaultLabels(defaults);
  const metrics = new Map<MetricName, Metric>();
  const bounded = boundLabels();

  function metric(name: MetricName): Metric {
    const known = metrics.get(name);
    if (known !== undefined) return known;
    const spec: MetricSpec = METRICS[name];
    if (spec.where !== where) throw new TypeError(`${name} is not a metric of "${where}"`);
    const made = createMetric(name, spec, registry);
    metrics.set(name, made);
    return made;
  }

  // Every metric is there from the first scrape, so that a query for one finds it.
  for (const [name, spec] of Object.entries(METRICS)) if (spec.where === where) metric(name as MetricName);

  return {
    contentType: registry.contentType,
    add(name, value, labels = {}) {
      const found = metric(name);
      if (found instanceof Counter) found.inc(bounded(name, labels), value);
    },
    set(name, value, labels = {}) {
      const found = metric(name);
      const bound = bounded(name, labels);
      if (found instanceof Counter) {
        found.remove(bound);
        found.inc(bound, value);
      } else if (found instanceof Gauge) found.set(bound, value);
    },
    observe(name, value, labels = {}) {
      const found = metric(name);
      if (found instanceof Histogram) found.observe(bounded(name, labels), value);
    },
    clear(name) {
      const found = metric(name);
      found.reset();
      if (found instanceof Gauge && METRICS[name].labels.length === 0) found.remove();
    },
    render: () => registry.metrics(),
  };
}

function createMetric(name: MetricName, { type, help, labels, buckets = [] }: MetricSpec, registry: Registry): Metric {
  const common = { name, help, labelNames: [...labels], registers: [registry] };
  if (type === 'counter') return new Counter(common);
  if (type === 'gauge') return new Gauge(common);
  return new Histogram({ ...common, buckets: [...buckets] });
}

/** Limits the number of values of each label. */
function boundLabels(): (name: MetricName, labels: Labels) => Record<string, string> {
  const seen = new Map<string, Set<string>>();
  const bound = (key: string, value: string): string => {
    const values = seen.get(key) ?? new Set();
    seen.set(key, values);
    const short = value.slice(0, LONGEST_VALUE);
    if (!values.has(short) && values.size >= MAX_VALUES) return 'other';
    values.add(short);
    return short;
  };
  return (name, labels) =>
    Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, bound(`${name} ${label}`, value)]));
}
