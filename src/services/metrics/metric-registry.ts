/** The table's metrics as prom-client objects. Loaded only where metrics are asked for. */

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS, type MetricName, type MetricSpec } from './metric-table.ts';

export type Labels = Readonly<Record<string, string>>;

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

/** Most values of one label; later ones are counted as `other`, so that no input can make series without bound. */
const MOST_VALUES = 50;
const LONGEST_VALUE = 100;

export function createMetricRegistry(where: MetricSpec['where'], defaults: Labels = {}): MetricRegistry {
  const registry = new Registry();
  registry.setDefaultLabels(defaults);
  const metrics = new Map<MetricName, Counter | Gauge | Histogram>();
  const seen = new Map<string, Set<string>>();

  function metric(name: MetricName): Counter | Gauge | Histogram {
    const known = metrics.get(name);
    if (known !== undefined) return known;
    const spec: MetricSpec = METRICS[name];
    if (spec.where !== where) throw new TypeError(`${name} is not a metric of "${where}"`);
    const common = { name, help: spec.help, labelNames: [...spec.labels], registers: [registry] };
    const made =
      spec.type === 'counter'
        ? new Counter(common)
        : spec.type === 'gauge'
          ? new Gauge(common)
          : new Histogram({ ...common, buckets: [...(spec.buckets ?? [])] });
    metrics.set(name, made);
    return made;
  }

  function bounded(name: MetricName, labels: Labels): Record<string, string> {
    return Object.fromEntries(
      Object.entries(labels).map(([label, value]) => {
        const key = `${name} ${label}`;
        const values = seen.get(key) ?? new Set();
        seen.set(key, values);
        const short = value.slice(0, LONGEST_VALUE);
        if (!values.has(short) && values.size >= MOST_VALUES) return [label, 'other'];
        values.add(short);
        return [label, short];
      }),
    );
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
