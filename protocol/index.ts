/** The façade of the messages between processes: types and guards, no behaviour. */
export * from './events.ts';
export * from './language.ts';
export * from './run-folder.ts';
export * from './trainer.ts';
