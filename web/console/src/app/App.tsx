import { QueryClientProvider } from "@tanstack/react-query";
import { App as AntApp, ConfigProvider } from "antd";
import { useLayoutEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";
import { useDark } from "./appearance";
import { currentWidgetWords } from "./i18n";
import { queries } from "./queries";
import { router } from "./router";
import { themeFor } from "./theme";

export function App() {
  const dark = useDark();
  const theme = useMemo(() => themeFor(dark), [dark]);
  useTranslation();
  const words = currentWidgetWords();
  useLayoutEffect(() => {
    document.documentElement.dataset.appearance = dark ? "dark" : "light";
  }, [dark]);
  return (
    <QueryClientProvider client={queries}>
      <ConfigProvider theme={theme} {...(words && { locale: words })}>
        <AntApp>
          <RouterProvider router={router} />
        </AntApp>
      </ConfigProvider>
    </QueryClientProvider>
  );
}
