import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { generate } from '../../src/api/generate.ts';
import { METRICS } from '../../src/services/metrics/metric-table.ts';
import { freePort } from '../helpers/free-port.ts';
import { articleRoutes } from '../helpers/make-articles.ts';
import { newProject } from '../helpers/run-bin.ts';
import { TestSite } from '../helpers/test-site.ts';

const DEPLOY = new URL('../../deploy/', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(DEPLOY, path), 'utf8');

/** Every expression of a panel, a rule or a scaler, with where it stands. */
function expressions(): [where: string, expression: string][] {
  const dashboard = JSON.parse(read('grafana/dashboards/blogger.json')) as {
    panels: { title: string; targets?: { expr: string }[] }[];
  };
  const rules = parse(read('prometheus/rules.yml')) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const scaler = parse(read('kubernetes/keda.yaml')) as { spec: { triggers: { metadata: { query: string } }[] } };
  return [
    ...dashboard.panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }): [string, string] => [title, expr]),
    ),
    ...rules.groups.flatMap((group) => group.rules.map(({ alert, expr }): [string, string] => [alert, expr])),
    ...scaler.spec.triggers.map(({ metadata }): [string, string] => ['KEDA', metadata.query]),
  ];
}

const isMetric = (name: string): name is keyof typeof METRICS => name in METRICS;
const metricOf = (name: string) => (isMetric(name) ? name : name.replace(/_(bucket|sum|count)$/, ''));

test('each panel, rule and scaler names metrics and labels that a live run or its text file has', async () => {
  await using site = await TestSite.open(articleRoutes(2));
  await using project = await newProject();
  const port = await freePort();
  let scrape = Promise.resolve('');
  await generate([site.url('/article-1'), site.url('/article-2')], {
    cwd: project.folder,
    settings: { allowPrivate: true, provider: 'extractive', metrics: { port, textfile: 'run.prom' } },
    onEvent(event) {
      if (event.type === 'post:saved') scrape = fetch(`http://127.0.0.1:${port}/metrics`).then((it) => it.text());
    },
  });
  const seen = `${await scrape}\n${readFileSync(join(project.folder, 'run.prom'), 'utf8')}`;
  const there = new Set([...seen.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));

  const named = expressions().flatMap(([where, expression]) =>
    [...expression.matchAll(/(blogger_\w+)(?:\{([^}]*)\})?/g)].map(([, name = '', matchers = '']) => ({
      where,
      metric: metricOf(name),
      labels: [...matchers.matchAll(/(\w+)\s*[=!~]/g)].map(([, label = '']) => label),
    })),
  );
  expect(named.length).toBeGreaterThan(30);
  for (const { where, metric, labels } of named) {
    expect(there, `${where}: ${metric}`).toContain(metric);
    if (!isMetric(metric)) throw new Error(`${where} names ${metric}, which docs/metrics.md does not`);
    for (const label of labels) expect(METRICS[metric].labels, `${where}: ${metric}`).toContain(label);
  }
  for (const [where, expression] of expressions())
    for (const [, list = ''] of expression.matchAll(/\bby \(([^)]*)\)/g))
      for (const label of list.split(',').map((text) => text.trim()))
        if (!['instance', 'le'].includes(label))
          expect(
            named
              .filter((one) => one.where === where)
              .some(({ metric }) => isMetric(metric) && METRICS[metric].labels.some((known) => known === label)),
            `${where}: by (${label})`,
          ).toBe(true);
});

test.skipIf(!has('promtool', '--version'))('each alert fires on what it is for, by unit tests of the rules', () => {
  const run = (...args: string[]) =>
    execFileSync('promtool', args, { cwd: join(DEPLOY, 'prometheus'), encoding: 'utf8', stdio: 'pipe' });
  expect(run('check', 'rules', 'rules.yml')).toContain('SUCCESS');
  expect(run('check', 'config', 'prometheus.yml')).toContain('SUCCESS');
  expect(run('test', 'rules', 'rules.test.yml')).toContain('SUCCESS');
  const alerts = [...read('prometheus/rules.yml').matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);
  const tests = parse(read('prometheus/rules.test.yml')) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  };
  const fired = tests.tests.flatMap((one) => one.alert_rule_test).filter(({ exp_alerts }) => exp_alerts.length > 0);
  expect(new Set(fired.map(({ alertname }) => alertname))).toEqual(new Set(alerts));
});

const COMPOSE = [['docker', 'compose'], ['docker-compose']].find(([program = '', ...args]) =>
  has(program, ...args, 'version'),
);

test.skipIf(COMPOSE === undefined)('the compose file is valid with either store', () => {
  const [program = '', ...before] = COMPOSE ?? [];
  for (const profile of ['redis', 'postgres'])
    execFileSync(program, [...before, '-f', join(DEPLOY, 'compose.yaml'), '--profile', profile, 'config', '-q'], {
      stdio: 'pipe',
    });
});

test('every container of blogger runs without rights: read-only root, no capabilities, a user of its own', () => {
  const { services } = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<string, { image: string; read_only?: boolean; cap_drop?: string[] }>;
  };
  const ours = Object.entries(services).filter(([, { image }]) => image === 'blogger');
  expect(ours.map(([name]) => name)).toEqual(['migrate', 'worker', 'blogger']);
  for (const [, service] of ours) expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  const users = [...read('Dockerfile').matchAll(/^USER (.+)$/gm)].map(([, user]) => user);
  expect(users.at(-1)).toBe('10001:10001');
});

test.skipIf(!has('systemd-analyze', '--version'))('the units are valid', () => {
  const units = readdirSync(join(DEPLOY, 'systemd')).map((name) => join(DEPLOY, 'systemd', name));
  expect(units).toHaveLength(3);
  execFileSync('systemd-analyze', ['verify', ...units], { stdio: 'pipe' });
});

function has(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
