/** Makes log entries beside the thread that serves people: some forty hashes to an event. */
import { answerInThread } from '@zaizao/platform/threads';
import { type LeafSource, leafFrom, type MadeLeaf } from './leaf.ts';

answerInThread<readonly LeafSource[], readonly MadeLeaf[]>((sources) => {
  return { answer: sources.map(leafFrom) };
});
