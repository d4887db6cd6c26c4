import { execFileSync } from 'node:child_process';

/** Machines of one network, each a network namespace with an address of its own; this process stands at the gateway. */
export interface TestNetwork extends Disposable {
  readonly gateway: string;
  /** More addresses of the gateway, for servers that must look like different hosts. */
  readonly hosts: readonly string[];
  /** What to put before a command line so that it runs on that machine; the process keeps its id. */
  on(machine: number): readonly [program: string, ...args: string[]];
}

export interface TestNetworkOptions {
  readonly machines: number;
  readonly hosts: number;
}

/** Why this machine cannot have namespaces; undefined where it can. */
export function whyNoNetwork(): string | undefined {
  const probe = `probe-${process.pid}`;
  try {
    ip('netns', 'add', probe);
    ip('netns', 'del', probe);
    return undefined;
  } catch (error) {
    return `network namespaces are forbidden here: ${error instanceof Error ? error.message.trim() : String(error)}`;
  }
}

/** Needs root and iproute2. */
export function openNetwork({ machines, hosts }: TestNetworkOptions): TestNetwork {
  const id = `${process.pid}`.slice(-5);
  const subnet = `10.213.${process.pid % 250}`;
  const bridge = `blb${id}`;
  const names = Array.from({ length: machines }, (_, index) => `bln${id}-${index + 1}`);
  const addresses = Array.from({ length: hosts }, (_, index) => `${subnet}.${100 + index}`);
  const close = () => {
    for (const name of names) quietly('netns', 'del', name);
    quietly('link', 'del', bridge);
  };
  try {
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('addr', 'add', `${subnet}.1/24`, 'dev', bridge);
    for (const address of addresses) ip('addr', 'add', `${address}/24`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    for (const [index, name] of names.entries()) {
      const [here, there] = [`blv${id}h${index}`, `blv${id}m${index}`];
      ip('netns', 'add', name);
      ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there);
      ip('link', 'set', there, 'netns', name);
      ip('link', 'set', here, 'master', bridge, 'up');
      ip('-n', name, 'addr', 'add', `${subnet}.${10 + index}/24`, 'dev', there);
      ip('-n', name, 'link', 'set', there, 'up');
      ip('-n', name, 'link', 'set', 'lo', 'up');
    }
  } catch (error) {
    close();
    throw error;
  }
  return {
    gateway: `${subnet}.1`,
    hosts: addresses,
    on: (machine) => ['ip', 'netns', 'exec', names[machine] ?? '?'],
    [Symbol.dispose]: close,
  };
}

function ip(...args: readonly string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}

function quietly(...args: readonly string[]): void {
  try {
    ip(...args);
  } catch {
    // it was never made
  }
}
