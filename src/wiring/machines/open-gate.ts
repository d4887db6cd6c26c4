import type { Settings } from '../../config/schema.ts';
import { isOwnServer, type ProviderChoice } from '../../services/models/choose-provider.ts';
import { createRateGate, type RateGate } from '../../services/models/limits/rate-gate.ts';
import { createSharedGate } from '../../services/models/limits/shared-gate.ts';
import { slowStart } from '../../services/models/limits/slow-start.ts';
import { providerOf } from '../../services/models/providers.ts';
import type { OpenSharedOptions, Shared } from './open-shared.ts';

/** One rate gate per vendor, shared by all machines with a shared store. */
export function openGate(
  { limits }: Settings,
  { provider, model, baseUrl }: ProviderChoice,
  { control, clock, emit }: { readonly control: Shared['control'] } & Pick<OpenSharedOptions, 'clock' | 'emit'>,
): RateGate {
  const local = createRateGate({ ...limits, clock });
  const onRefused = (error: Error) => {
    emit({
      type: 'run:warning',
      code: 'STORE_UNREACHABLE',
      message: `${control?.control.store} is unavailable (${error.message}): the vendor's limits apply to this process only`,
      hint: 'Until it is available again, machines together may exceed the limits.',
    });
  };
  const name = `${provider}:${model}:`;
  const gate =
    control === undefined ? local : createSharedGate({ ...limits, ...control, name, local, clock, onRefused });
  const isKnown = limits.requestsPerMinute !== undefined && limits.tokensPerMinute !== undefined;
  return isKnown ? gate : slowStart(gate, isOwnServer(providerOf(provider), baseUrl) ? { firstCalls: 1 } : {});
}
