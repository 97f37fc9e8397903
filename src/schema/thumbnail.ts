import type { Thumbnail } from '../scenario/thumbnail.ts';
import { builder } from './builder.ts';

export const ThumbnailType = builder.objectRef<Thumbnail>('Thumbnail').implement({
  description: 'The picture that stands for something.',
  fields: (t) => ({
    assetId: t.exposeID('assetId', {
      description: 'The asset that the picture is made of, by its Scenario id.',
    }),
    url: t.expose('url', {
      type: 'URL',
      description: 'Where the picture is. It can be signed and then works for about a day: do not store it.',
    }),
  }),
});
