import * as attributes from "./attributes";
import * as builder from "./builder";
import * as cards from "./cards";
import * as cashier from "./cashier";
import * as clearing from "./clearing";
import * as collect from "./collect";
import * as consent from "./consent";
import * as dashboard from "./dashboard";
import * as events from "./events";
import * as gifts from "./gifts";
import * as identity from "./identity";
import * as imports from "./imports";
import * as labels from "./labels";
import * as liability from "./liability";
import * as manage from "./manage";
import * as members from "./members";
import * as offers from "./offers";
import * as orderSettings from "./orderSettings";
import * as orders from "./orders";
import * as payments from "./payments";
import * as privacy from "./privacy";
import * as programme from "./programme";
import * as programmeDraft from "./programmeDraft";
import * as promotions from "./promotions";
import * as rights from "./rights";
import * as segments from "./segments";
import * as shell from "./shell";
import * as storedValue from "./storedValue";
import * as tags from "./tags";
import * as traits from "./traits";

const words = {
  ...shell,
  ...labels,
  ...attributes,
  ...builder,
  ...cards,
  ...cashier,
  ...clearing,
  ...collect,
  ...consent,
  ...dashboard,
  ...events,
  ...gifts,
  ...identity,
  ...imports,
  ...liability,
  ...manage,
  ...members,
  ...offers,
  ...orderSettings,
  ...orders,
  ...payments,
  ...privacy,
  ...programme,
  ...programmeDraft,
  ...promotions,
  ...rights,
  ...segments,
  ...storedValue,
  ...tags,
  ...traits,
};

/** The other languages must have exactly these keys. */
export type Words = typeof words;

export default words;
