import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "../api/client";
import { currentLanguage } from "../app/i18n";
import { useProblemWords } from "./states";

interface Props {
  path: string;
  query: Record<string, unknown>;
  disabled?: boolean;
  /** What it says, where that is not just to export. */
  label?: string;
}

/** Downloads what the list shows, all pages of it, with the same filters and order. */
export function ExportButton({ path, query, disabled, label }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const words = useProblemWords();
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      await download(`${path}?${queryString(query)}`);
    } catch (error) {
      message.error(words(error).detail);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button icon={<DownloadOutlined />} loading={busy} disabled={disabled} onClick={save}>
      {label ?? t("action.export")}
    </Button>
  );
}

function queryString(query: Record<string, unknown>): string {
  const filled = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(filled.map(([name, value]) => [name, String(value)])).toString();
}

/** Fetched, not linked to, so that a refusal is shown on the page instead of replacing it. */
export async function download(url: string, method: "GET" | "POST" = "GET"): Promise<void> {
  let response: Response;
  try {
    response = await fetch(url, { method, headers: { "Accept-Language": currentLanguage() } });
  } catch (cause) {
    throw Problem.unreachable(cause);
  }
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined));
  const named = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = named ?? `${url.split("?")[0]?.split("/").slice(-2).join("-")}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
