import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalars.ts';
import './errors.ts';
import './node.ts';
import './collection.ts';
import './collections.ts';
import './collections-of-members.ts';
import './asset.ts';
import './assets.ts';
import './model.ts';
import './models.ts';
import './create-collection.ts';
import './update-collection.ts';
import './delete-collection.ts';
import './membership.ts';
import './viewer.ts';

/** Builds the schema out of what the imported files register. */
export function buildSchema(): GraphQLSchema {
  builder.queryType({ description: 'What can be read.' });
  builder.mutationType({ description: 'What can be changed. Fields run one after the other.' });
  return builder.toSchema();
}
