/** The façade of the runs room: where runs live, reading them, starting a trainer and talking to it. */
export * from './choose.ts';
export * from './connection.ts';
export * from './damage.ts';
export * from './difference.ts';
export * from './evaluation-report.ts';
export * from './evaluations.ts';
export * from './facts.ts';
export * from './folder.ts';
export * from './layers.ts';
export * from './lock.ts';
export * from './model-card.ts';
export * from './run-list.ts';
export * from './metrics-file.ts';
export * from './start.ts';
export * from './store.ts';
export * from './story.ts';
export * from './use.ts';
