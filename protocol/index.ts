/** The façade of the messages between processes: types and guards, and the pure folds that both ends of a message share. */
export * from './column-block.ts';
export * from './columns.ts';
export * from './event-line.ts';
export * from './events.ts';
export * from './guard.ts';
export * from './language.ts';
export * from './log-line.ts';
export * from './panel.ts';
export * from './pyramid.ts';
export * from './run-folder.ts';
export * from './run-folder-guard.ts';
export * from './run-progress.ts';
export * from './run-state.ts';
export * from './run-view.ts';
export * from './smoothing.ts';
export * from './trainer.ts';
export * from './trainer-line.ts';
