import { defineOpenEnum } from './open-enum.ts';

/** Who may see an asset or a model. */
export const privacy = defineOpenEnum('Privacy', 'Who may see it.', {
  PRIVATE: { word: 'private', description: 'Its owners alone.' },
  PUBLIC: { word: 'public', description: 'Everybody.' },
  UNLISTED: { word: 'unlisted', description: 'Whoever knows its address.' },
});
