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

/** A field that is null where its value is absent, and fails alone where that cannot be shown. @param field as in `shown` */
export function showing<Name extends string>(name: Name, description: string, field: string = name) {
  return {
    nullable: true as const,
    description,
    resolve: <Value>(item: Readonly<Record<Name, Optional<Value>>>): Value | null =>
      shown<Value>(item[name], field),
  };
}
