/** A card that fails says so and leaves the others alone; the error goes to the log of the extension. */
import { Component, type ComponentChildren } from 'preact';
import { t } from '../text/translate.ts';

interface GuardedProps {
  /** What is inside, for the log. */
  readonly name: string;
  readonly onFailed: (name: string, error: unknown) => void;
  readonly children: ComponentChildren;
}

/** Catches what its children throw while they are drawn. */
export class Guarded extends Component<GuardedProps, { readonly failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    this.setState({ failed: true });
    this.props.onFailed(this.props.name, error);
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <section class="card" role="alert">
        {t('{0} could not be drawn. The log says why.', this.props.name)}
      </section>
    );
  }
}
