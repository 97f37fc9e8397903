import type { Registry } from 'prom-client';
import { z } from 'zod';

const metricValue = z.object({
  // What is no number, such as the mean of nothing, is null in JSON.
  value: z.number().nullable(),
  labels: z.record(z.string(), z.union([z.string(), z.number()])),
  metricName: z.string().optional(),
});

/** Every metric of a process at one moment, as prom-client writes it in JSON. */
export const metricSnapshot = z.array(
  z.object({
    name: z.string(),
    help: z.string(),
    type: z.enum(['counter', 'gauge', 'histogram']),
    values: z.array(metricValue),
  }),
);

export type MetricSnapshot = z.output<typeof metricSnapshot>;
export type SnapshotMetric = MetricSnapshot[number];

/** Reads every metric of a registry. */
export async function readSnapshot(registry: Registry): Promise<MetricSnapshot> {
  const metrics: unknown = await registry.getMetricsAsJSON();
  return metricSnapshot.parse(JSON.parse(JSON.stringify(metrics)));
}
