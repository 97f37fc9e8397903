import type { Optional } from '../scenario/optional.ts';
import { GatewayError } from '../shared/gateway-error.ts';

/**
 * Gives a value that may be absent.
 * @param field the upstream's name of it, for the message
 * @throws GatewayError where the upstream sent one that cannot be shown
 */
export function shown<Value>(value: Optional<Value>, field: string): Value | null {
  if (value !== undefined) return value;
  throw new GatewayError('UPSTREAM_BAD_RESPONSE', `The Scenario API gave a ${field} that cannot be shown.`);
}
