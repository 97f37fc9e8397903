import { NetworkStatus } from '@apollo/client';

/** Whether a list is read from its start; a next page that comes leaves the list as it is. */
export function isLoadingFirst(status: NetworkStatus): boolean {
  return status !== NetworkStatus.fetchMore && status < NetworkStatus.ready;
}
