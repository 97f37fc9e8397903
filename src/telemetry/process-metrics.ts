import { collectDefaultMetrics, Registry } from 'prom-client';

// prom-client's own set has a series for each kind of handle and each part of the heap, and gauges with the names of
// counters, which Prometheus's linter refuses. Some of these read for those that follow them.
const KEPT = [
  'process_cpu_user_seconds_total',
  'process_cpu_system_seconds_total',
  'process_cpu_seconds_total',
  'process_start_time_seconds',
  'process_resident_memory_bytes',
  'process_open_fds',
  'process_max_fds',
  'nodejs_eventloop_lag_seconds',
  'nodejs_eventloop_lag_mean_seconds',
  'nodejs_eventloop_lag_max_seconds',
  'nodejs_eventloop_lag_p99_seconds',
  'nodejs_heap_size_total_bytes',
  'nodejs_heap_size_used_bytes',
  'nodejs_external_memory_bytes',
  'nodejs_version_info',
];

/** Watches the process: CPU, memory, file descriptors, and the delay of the event loop since the last scrape. */
export function watchProcess(registry: Registry): void {
  const all = new Registry();
  collectDefaultMetrics({ register: all });
  for (const name of KEPT) {
    const metric = all.getSingleMetric(name);
    if (metric) registry.registerMetric(metric);
  }
}
