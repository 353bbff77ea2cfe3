import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "../../../src/shuke/entrypoints/pages/snippet",
    emptyOutDir: true,
    target: "es2020",
    lib: { entry: "src/snippet.ts", formats: ["iife"], name: "shukeSnippet", fileName: () => "snippet.js" },
  },
});
