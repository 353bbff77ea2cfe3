import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useVoidBatch } from "../../../api/coupons";
import type { Batch } from "../../../api/types";
import { useCan } from "../../../app/session";
import { download } from "../../../parts/ExportButton";
import { useProblemWords } from "../../../parts/states";

export function BatchState({ row }: { row: Batch }) {
  const { t } = useTranslation();
  if (row.voided_at) return <Tag>{t("coupons.batch.voided")}</Tag>;
  if (row.downloaded_at) return <Tag color="success">{t("coupons.batch.downloaded")}</Tag>;
  return <Tag color="processing">{t("coupons.batch.fresh")}</Tag>;
}

/** The codes leave once; what is lost can be made worthless. */
export function BatchActions({ row }: { row: Batch }) {
  const { t } = useTranslation();
  const can = useCan();
  const queries = useQueryClient();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const annul = useVoidBatch();
  if (!can("coupons.issue") || row.voided_at) return null;
  const failed = (error: unknown) => void message.error(words(error).detail);
  const askDownload = () =>
    modal.confirm({
      title: t("coupons.batch.downloadAsk", { name: row.name }),
      content: t("coupons.batch.downloadHint"),
      okText: t("coupons.batch.download"),
      onOk: async () => {
        await download(`/v1/coupon-batches/${row.id}/download`, "POST").catch(failed);
        await queries.invalidateQueries({ queryKey: ["coupon-batches"] });
      },
    });
  const askVoid = () =>
    modal.confirm({
      title: t("coupons.batch.voidAsk", { name: row.name }),
      content: t("coupons.batch.voidHint", { count: row.size - row.bound }),
      okText: t("coupons.batch.void"),
      okButtonProps: { danger: true },
      onOk: () => annul.mutateAsync(row.id).then(() => {}, failed),
    });
  return (
    <span className="cluster" style={{ justifyContent: "flex-end" }}>
      {!row.downloaded_at && (
        <Button size="small" onClick={askDownload}>
          {t("coupons.batch.download")}
        </Button>
      )}
      <Button size="small" type="text" danger onClick={askVoid}>
        {t("coupons.batch.void")}
      </Button>
    </span>
  );
}
