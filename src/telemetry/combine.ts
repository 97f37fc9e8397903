import type { OperationObserver, Telemetry } from '../server/request/telemetry.ts';

/** Lets several watch the same gateway; each is told everything, in the order given. */
export function combineTelemetry(...telemetries: readonly Telemetry[]): Telemetry {
  const [only, ...others] = telemetries;
  if (only && others.length === 0) return only;
  return {
    operationStarted: (req, requestId) =>
      combineObservers(telemetries.map((telemetry) => telemetry.operationStarted(req, requestId))),
  };
}

function combineObservers(observers: readonly OperationObserver[]): OperationObserver {
  return {
    accountKnown: (account) => {
      for (const observer of observers) observer.accountKnown(account);
    },
    attemptStarted: (call) => {
      const ends = observers.map((observer) => observer.attemptStarted(call));
      return (result) => {
        for (const end of ends) end(result);
      };
    },
    operationEnded: (facts) => {
      for (const observer of observers) observer.operationEnded(facts);
    },
  };
}
