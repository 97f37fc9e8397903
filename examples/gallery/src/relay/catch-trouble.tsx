import { Component, type ReactNode } from 'react';
import { Trouble } from '../parts/trouble.tsx';
import { problemIn } from '../problems.ts';
import { NoData } from './environment.ts';

interface Props {
  readonly children: ReactNode;
  retry(): void;
}

/** Shows what went wrong in place of what could not be read. Give it another `key` to try again. */
export class CatchTrouble extends Component<Props, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const problem = error instanceof NoData ? error.problem : problemIn([]);
    return <Trouble problem={problem} retry={this.props.retry} />;
  }
}
