import type { Locale } from "antd/es/locale";
import dayjs from "dayjs";
import i18next, { type FormatterModule } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = "shuke.language";

/** Each language is its own bundle: a page loads only the one it shows. */
const words = {
  "zh-CN": () => import("../locales/zh").then((module) => module.default),
  en: () => import("../locales/en").then((module) => module.default),
};

const widgets = {
  "zh-CN": () => import("antd/es/locale/zh_CN").then((module) => module.default),
  en: () => import("antd/es/locale/en_US").then((module) => module.default),
};
const widgetWords: Partial<Record<Language, Locale>> = {};

function preferred(): Language {
  const stored = localStorage.getItem(STORED);
  if (LANGUAGES.includes(stored as Language)) return stored as Language;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh-CN" : "en";
}

/** The words of a language, without changing to it. */
export async function learn(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await words[language]());
  }
}

/** Numbers in texts are grouped as pages group them; what is text already, and the number of a version, stays. */
const numbers: FormatterModule = {
  type: "formatter",
  init() {},
  add() {},
  addCached() {},
  format: (value, _format, language, { interpolationkey } = {}) =>
    typeof value === "number" && interpolationkey !== "version" ? value.toLocaleString(language) : value,
};

async function load(language: Language): Promise<void> {
  await learn(language);
  widgetWords[language] ??= await widgets[language]();
  if (language === "zh-CN") await import("dayjs/locale/zh-cn");
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  document.documentElement.lang = language;
}

export async function startI18n(): Promise<void> {
  const language = preferred();
  await i18next
    .use(initReactI18next)
    .use(numbers)
    .init({
      lng: language,
      resources: {},
      interpolation: { escapeValue: false, alwaysFormat: true },
      returnNull: false,
    });
  await load(language);
  await i18next.changeLanguage(language);
}

export async function speak(language: Language): Promise<void> {
  await load(language);
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
}

export const currentLanguage = (): Language => (i18next.language === "en" ? "en" : "zh-CN");

/** What Ant Design's own widgets say. */
export const currentWidgetWords = () => widgetWords[currentLanguage()];
