/**
 * @generated SignedSource<<1229acc48e1513ddeea32272926a4d81>>
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

import { ReaderFragment } from 'relay-runtime';
import { FragmentRefs } from "relay-runtime";
export type relayCard_collection$data = {
  readonly assetCount: number;
  readonly id: string;
  readonly modelCount: number;
  readonly name: string;
  readonly thumbnail: {
    readonly url: string;
  } | null | undefined;
  readonly " $fragmentType": "relayCard_collection";
};
export type relayCard_collection$key = {
  readonly " $data"?: relayCard_collection$data;
  readonly " $fragmentSpreads": FragmentRefs<"relayCard_collection">;
};

const node: ReaderFragment = {
  "argumentDefinitions": [],
  "kind": "Fragment",
  "metadata": null,
  "name": "relayCard_collection",
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "id",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "name",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "assetCount",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "modelCount",
      "storageKey": null
    },
    {
      "alias": null,
      "args": null,
      "concreteType": "Thumbnail",
      "kind": "LinkedField",
      "name": "thumbnail",
      "plural": false,
      "selections": [
        {
          "alias": null,
          "args": null,
          "kind": "ScalarField",
          "name": "url",
          "storageKey": null
        }
      ],
      "storageKey": null
    }
  ],
  "type": "Collection",
  "abstractKey": null
};

(node as any).hash = "e9fdab3fc54a07a06fb323b4bb4f1ab4";

export default node;
