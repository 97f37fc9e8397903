import type { Thumbnail } from '../scenario/thumbnail.ts';
import { builder } from './builder.ts';

export const ThumbnailType = builder.objectRef<Thumbnail>('Thumbnail').implement({
  description: 'A picture that represents a collection, an asset or a model.',
  fields: (t) => ({
    assetId: t.exposeID('assetId', {
      description: 'Scenario id of the asset that the picture shows.',
    }),
    url: t.expose('url', {
      type: 'URL',
      description:
        'The address of the picture. It can be signed and then works for about a day: do not store it.',
    }),
  }),
});
