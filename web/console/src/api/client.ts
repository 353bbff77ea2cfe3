import { createClient, Problem, unwrap } from "@shuke/api-client";
import i18next from "i18next";

export const api = createClient({ language: () => i18next.language || "zh-CN" });

export { Problem, unwrap };
