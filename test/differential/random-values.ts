import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import type { Draw } from './draw.ts';

/** Values to choose from for a scalar input. @param place name of the argument or input field */
export type Pool = (place: string) => ReadonlyArray<string | number>;

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly declaration: string;
}

const MAX_CONDITIONS = 3;
const WRONG_VALUES = [true, 1.5, {}, [[]], { id: 1 }, 'text', -1, 2 ** 40, [null]];

/** Writes arguments: literals, variables and both in one another. */
export class RandomValues {
  readonly #draw: Draw;
  readonly #pool: Pool;
  readonly #declared: Variable[] = [];
  readonly #given: Record<string, unknown> = {};

  constructor(draw: Draw, pool: Pool) {
    this.#draw = draw;
    this.#pool = pool;
  }

  /** What stands in brackets behind the operation's name; empty without variables. */
  get declarations(): string {
    const all = this.#declared.map(({ declaration }) => declaration);
    return all.length > 0 ? `(${all.join(', ')})` : '';
  }

  /** Values for the variables, not all of them good. */
  get given(): Readonly<Record<string, unknown>> {
    return this.#given;
  }

  /** A value as it stands in a document. @param hasDefault whether the place may do without one */
  literal(type: GraphQLInputType, place: string, hasDefault: boolean): string {
    const { chance } = this.#draw;
    return chance(35) ? this.#variable(type, place, hasDefault) : this.#constant(type, place, true);
  }

  /** What `@skip` and `@include` depend on: a literal, or one of few variables, all of them good. */
  condition(): string {
    const { chance, pick } = this.#draw;
    const conditions = this.#declared.filter(({ name }) => name.startsWith('if'));
    if (chance(40)) return String(chance(50));
    if (conditions.length === MAX_CONDITIONS || (conditions.length > 0 && chance(50)))
      return `$${pick(conditions).name}`;
    const name = `if${conditions.length}`;
    const fallback = chance(30) ? ` = ${chance(50)}` : '';
    this.#declared.push({ name, type: 'a condition', declaration: `$${name}: Boolean!${fallback}` });
    if (fallback === '' || chance(50)) this.#given[name] = chance(50);
    return `$${name}`;
  }

  /** A value as it stands among the variables of a request. */
  json(type: GraphQLInputType, place: string): unknown {
    const { chance, pick } = this.#draw;
    if (chance(2)) return pick(WRONG_VALUES);
    if (isNonNullType(type)) return chance(1) ? null : this.#presentJson(type.ofType, place);
    return chance(10) ? null : this.#presentJson(type, place);
  }

  #presentJson(type: GraphQLInputType, place: string): unknown {
    const { chance, pick, upTo } = this.#draw;
    if (isListType(type)) {
      if (chance(15)) return this.json(type.ofType, place);
      return Array.from({ length: upTo(3) }, () => this.json(type.ofType, place));
    }
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (!isInputObjectType(type)) return pick(this.#pool(place));
    const fields = this.#fieldsOf(type).map((field) => [field.name, this.json(field.type, field.name)]);
    return { ...Object.fromEntries(fields), ...(chance(6) ? { nmae: 'unknown' } : {}) };
  }

  /** A value without variables as it stands in a document. */
  constant(type: GraphQLInputType, place: string): string {
    return this.#constant(type, place, false);
  }

  #constant(type: GraphQLInputType, place: string, mayVary: boolean): string {
    if (isNonNullType(type)) return this.#present(type.ofType, place, mayVary);
    return this.#draw.chance(10) ? 'null' : this.#present(type, place, mayVary);
  }

  #present(type: GraphQLInputType, place: string, mayVary: boolean): string {
    const { chance, pick, upTo } = this.#draw;
    const inside = (of: GraphQLInputType, at: string): string =>
      mayVary ? this.literal(of, at, false) : this.#constant(of, at, false);
    if (isListType(type)) {
      // A single value stands for a list of one.
      if (chance(15)) return this.#constant(type.ofType, place, false);
      return `[${Array.from({ length: upTo(3) }, () => inside(type.ofType, place)).join(', ')}]`;
    }
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (!isInputObjectType(type)) return JSON.stringify(pick(this.#pool(place)));
    const fields = this.#fieldsOf(type).map((field) => `${field.name}: ${inside(field.type, field.name)}`);
    return `{ ${fields.join(', ')} }`;
  }

  #fieldsOf(type: GraphQLInputObjectType) {
    return Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || this.#draw.chance(50),
    );
  }

  #variable(type: GraphQLInputType, place: string, hasDefault: boolean): string {
    const { chance, pick } = this.#draw;
    const fitting = this.#declared.filter((known) => known.type === String(type));
    if (fitting.length > 0 && chance(30)) return `$${pick(fitting).name}`;
    const isStrict = isNonNullType(type);
    const nullable = isStrict ? type.ofType : type;
    const isLoose = isStrict && (hasDefault || chance(30));
    const isRequired = isStrict ? !isLoose : chance(20);
    const shown = isRequired ? `${String(nullable)}!` : String(nullable);
    const needsDefault = isLoose && (!hasDefault || chance(50));
    const fallback = needsDefault ? this.#constant(type, place, false) : this.#maybeDefault(nullable, place);
    const name = `v${this.#declared.length}`;
    const declaration = fallback === '' ? `$${name}: ${shown}` : `$${name}: ${shown} = ${fallback}`;
    this.#declared.push({ name, type: shown, declaration });
    const isLeftOut = chance(!isRequired || fallback !== '' ? 20 : 1);
    if (!isLeftOut) this.#given[name] = this.json(isRequired ? type : nullable, place);
    return `$${name}`;
  }

  #maybeDefault(type: GraphQLInputType, place: string): string {
    return this.#draw.chance(20) ? this.#constant(type, place, false) : '';
  }
}
