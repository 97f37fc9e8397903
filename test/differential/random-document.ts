import {
  doTypesOverlap,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import type { Draw } from './draw.ts';
import { type Pool, RandomValues } from './random-values.ts';
import { conditionsOn, narrowed, possibleTypes } from './type-conditions.ts';

/** What keeps a document from being compiled. */
export type Trait = 'introspection' | 'several operations' | 'required root fields' | 'prototype';

/** A document that is meant to be valid, though fields may conflict in rare ones. */
export interface RandomDocument {
  readonly text: string;
  readonly isMutation: boolean;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
  readonly traits: ReadonlySet<Trait>;
}

/** How often a document has what only graphql-js executes, in percent of the places for it. */
export interface DocumentOptions {
  readonly pool: Pool;
  readonly oddities: number;
  /** How often a field below the root is one that waits, in percent of the places where there is one. */
  readonly waits: number;
  /** Whether a mutation may be mentioned twice under one key. */
  readonly repeatsMutations: boolean;
}

interface RootHead {
  readonly key: string;
  readonly text: string;
  readonly field: GraphQLField<unknown, unknown>;
}

const MAX_DEPTH = 6;
// Beyond it, only what has nothing below itself is added.
const MAX_SELECTIONS = 60;
const ODD_KEYS = ['then', 'constructor', 'toString', 'valueOf', 'length', 'typename', '_', 'x'];

/** Writes a random operation over the whole schema. */
export function randomDocument(schema: GraphQLSchema, draw: Draw, options: DocumentOptions): RandomDocument {
  return new DocumentWriter(schema, draw, options).write();
}

class DocumentWriter {
  readonly #schema: GraphQLSchema;
  readonly #draw: Draw;
  readonly #options: DocumentOptions;
  readonly #values: RandomValues;
  readonly #traits = new Set<Trait>();
  readonly #fragments: Array<{ readonly name: string; readonly on: GraphQLCompositeType }> = [];
  readonly #definitions: string[] = [];
  readonly #heads: RootHead[] = [];
  readonly #headsBelow: Array<{ readonly place: string; readonly text: string }> = [];
  #isMutation = false;
  // Whether it has one root field alone, which may not be null.
  #isAlone = false;
  #selections = 0;

  constructor(schema: GraphQLSchema, draw: Draw, options: DocumentOptions) {
    this.#schema = schema;
    this.#draw = draw;
    this.#options = options;
    this.#values = new RandomValues(draw, options.pool);
  }

  write(): RandomDocument {
    const { chance } = this.#draw;
    this.#isMutation = chance(45);
    const type = this.#isMutation ? this.#schema.getMutationType() : this.#schema.getQueryType();
    if (!type) throw new Error('the schema has no such root');
    this.#isAlone = !this.#isMutation && chance(35);
    const selection = this.#selectionSet(type, [type], 0);
    const name = chance(60) ? 'Op' : '';
    const isShort = !this.#isMutation && name === '' && this.#values.declarations === '' && chance(60);
    const head = isShort
      ? ''
      : `${this.#isMutation ? 'mutation' : 'query'} ${name}${this.#values.declarations} `;
    const parts = [`${head}${selection}`, ...this.#definitions];
    const isLast = chance(50);
    if (name !== '' && this.#odd('several operations')) {
      parts.push('query Other { collection(id: "col_1") { id } }');
    }
    const text = (isLast ? parts.toReversed() : parts).join('\n');
    const hasOther = this.#traits.has('several operations');
    const operationName = hasOther || (name !== '' && chance(50)) ? 'Op' : null;
    const isMutation = this.#isMutation;
    return { text, isMutation, variables: this.#values.given, operationName, traits: this.#traits };
  }

  /** @param possible the types that a value can have here; none where a condition can't be met */
  #selectionSet(parent: GraphQLCompositeType, possible: readonly GraphQLObjectType[], depth: number): string {
    const { upTo } = this.#draw;
    const count = this.#isFull(depth) ? 1 : 1 + upTo(depth === 0 ? 3 : 4);
    this.#selections += count;
    const selections = Array.from({ length: count }, () => this.#selection(parent, possible, depth));
    return `{ ${selections.join(' ')} }`;
  }

  #selection(parent: GraphQLCompositeType, possible: readonly GraphQLObjectType[], depth: number): string {
    const { chance, upTo } = this.#draw;
    const kind = upTo(99);
    const directive = this.#directive();
    if (!this.#isFull(depth) && (kind >= 85 || (isUnionType(parent) && kind >= 15)))
      return chance(50)
        ? this.#inlineFragment(parent, possible, depth, directive)
        : this.#namedFragment(parent, possible, depth, directive);
    if (isUnionType(parent)) return `${this.#alias('__typename', 'String')}__typename${directive}`;
    return this.#field(parent, possible, depth, directive);
  }

  #field(
    parent: GraphQLCompositeType,
    possible: readonly GraphQLObjectType[],
    depth: number,
    directive: string,
  ): string {
    if (depth === 0 && this.#odd('introspection'))
      return this.#draw.pick(['__typename', '__schema { queryType { name } }']);
    if (depth === 0) return this.#rootField(parent, directive);
    if (this.#draw.chance(8)) return `${this.#alias('__typename', 'String')}__typename${directive}`;
    const fields = isUnionType(parent) ? [] : Object.values(parent.getFields());
    const atHand = fields.filter(({ extensions }) => !extensions.upstream?.waits);
    const waiting = fields.filter(({ extensions }) => extensions.upstream?.waits);
    const leaves = atHand.filter((field) => !isCompositeType(getNamedType(field.type)));
    const usable = this.#isFull(depth) && leaves.length > 0 ? leaves : atHand;
    const isWaiting = waiting.length > 0 && this.#draw.chance(this.#options.waits);
    const field = this.#draw.pick(isWaiting ? waiting : usable);
    const plainHead = () => this.#alias(field.name, String(field.type)) + field.name;
    const head = field.args.length > 0 ? this.#headWithArguments(parent.name, field) : plainHead();
    return `${head}${directive}${this.#below(field, possible.length > 0, depth)}`;
  }

  // What takes arguments has an alias of its own, so that it never conflicts, or is merged with what reads the same.
  #headWithArguments(parent: string, field: GraphQLField<unknown, unknown>): string {
    const { chance, pick } = this.#draw;
    const place = `${parent}.${field.name}`;
    const known = this.#headsBelow.filter((head) => head.place === place);
    if (known.length > 0 && chance(30)) return pick(known).text;
    const text = `w${this.#headsBelow.length}: ${field.name}${this.#arguments(field)}`;
    this.#headsBelow.push({ place, text });
    return text;
  }

  #rootField(parent: GraphQLCompositeType, directive: string): string {
    const { chance, pick } = this.#draw;
    const all = isUnionType(parent) ? [] : Object.values(parent.getFields());
    const nullable = all.filter(({ type }) => !isNonNullType(type));
    const required = all.filter(({ type }) => isNonNullType(type));
    const mayRepeat = this.#options.repeatsMutations || !this.#isMutation;
    const isSettled = this.#isAlone && this.#heads.length > 0;
    if (isSettled || (mayRepeat && this.#heads.length > 0 && chance(30))) {
      const { text, field } = pick(this.#heads);
      return `${text}${directive}${this.#below(field, true, 0)}`;
    }
    const isRequired = this.#isAlone || (required.length > 0 && this.#odd('required root fields'));
    const field = pick(isRequired ? required : nullable);
    const isTaken = this.#heads.some(({ key }) => key === field.name);
    const key = isTaken || chance(50) ? this.#rootKey() : field.name;
    const alias = key === field.name ? '' : `${key}: `;
    const text = `${alias}${field.name}${this.#arguments(field)}`;
    this.#heads.push({ key, text, field });
    return `${text}${directive}${this.#below(field, true, 0)}`;
  }

  #rootKey(): string {
    if (this.#odd('prototype') && !this.#heads.some(({ key }) => key === '__proto__')) return '__proto__';
    const odd = this.#draw.pick(ODD_KEYS);
    return this.#heads.some(({ key }) => key === odd) ? `${odd}${this.#heads.length}` : odd;
  }

  #below(field: GraphQLField<unknown, unknown>, isReached: boolean, depth: number): string {
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return '';
    return ` ${this.#selectionSet(type, isReached ? possibleTypes(this.#schema, type) : [], depth + 1)}`;
  }

  #isFull(depth: number): boolean {
    return depth >= MAX_DEPTH || this.#selections > MAX_SELECTIONS;
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || this.#draw.chance(70));
    const texts = given.map(({ name, type, default: fallback }) => {
      return `${name}: ${this.#values.literal(type, name, fallback !== undefined)}`;
    });
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  // An alias that tells field and type never conflicts.
  #alias(name: string, type: string): string {
    const { chance, pick } = this.#draw;
    if (chance(70)) return '';
    if (chance(4)) return `${pick(['name', 'id', 'then', 'constructor'])}: `;
    return `${pick(['a', 'b'])}_${name}_${type.replaceAll(/\W/g, (sign) => (sign === '!' ? 'N' : 'L'))}: `;
  }

  #directive(): string {
    const { chance, pick } = this.#draw;
    if (chance(90)) return '';
    const names = chance(80) ? [pick(['include', 'skip'])] : ['skip', 'include'];
    return names.map((name) => ` @${name}(if: ${this.#values.condition()})`).join('');
  }

  #odd(trait: Trait): boolean {
    if (!this.#draw.chance(this.#options.oddities)) return false;
    this.#traits.add(trait);
    return true;
  }

  #inlineFragment(
    parent: GraphQLCompositeType,
    possible: readonly GraphQLObjectType[],
    depth: number,
    directive: string,
  ): string {
    if (this.#draw.chance(15)) return `...${directive} ${this.#selectionSet(parent, possible, depth)}`;
    const on = this.#draw.pick(conditionsOn(this.#schema, parent));
    return `... on ${on.name}${directive} ${this.#selectionSet(on, narrowed(this.#schema, possible, on), depth)}`;
  }

  #namedFragment(
    parent: GraphQLCompositeType,
    possible: readonly GraphQLObjectType[],
    depth: number,
    directive: string,
  ): string {
    const { chance, pick } = this.#draw;
    const known = this.#fragments.filter(({ on }) => doTypesOverlap(this.#schema, on, parent));
    if (known.length > 0 && chance(40)) return `...${pick(known).name}${directive}`;
    const on = pick(conditionsOn(this.#schema, parent));
    const selection = this.#selectionSet(on, narrowed(this.#schema, possible, on), depth);
    // Only whole fragments are spread again, so none contains itself.
    const name = `F${this.#fragments.length}`;
    this.#fragments.push({ name, on });
    this.#definitions.push(`fragment ${name} on ${on.name} ${selection}`);
    return `...${name}${directive}`;
  }
}
