/** A card that fails says so and leaves the others alone; the error goes to the log of the extension. */
import { Component, type ComponentChildren } from 'preact';
import { t } from '../text/translate.ts';

interface GuardedProps {
  /** What is inside, for the log. */
  readonly name: string;
  readonly onFailed: (name: string, error: unknown) => void;
  readonly children: ComponentChildren;
}

interface Caught {
  /** What to report; undefined while all is well. */
  readonly report: string | undefined;
}

/** Catches what its children throw while they are drawn. */
export class Guarded extends Component<GuardedProps, Caught> {
  override state: Caught = { report: undefined };

  override componentDidCatch(error: unknown): void {
    const { name, onFailed } = this.props;
    this.setState({ report: `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` });
    onFailed(name, error);
  }

  override render() {
    const { report } = this.state;
    if (report === undefined) return this.props.children;
    return (
      <section class="card" role="alert">
        {t('{0} could not be drawn. The log says why.', this.props.name)}{' '}
        <button type="button" onClick={() => void navigator.clipboard.writeText(report)}>
          {t('Copy Report')}
        </button>
      </section>
    );
  }
}
