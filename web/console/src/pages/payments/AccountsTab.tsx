import { CheckCircleFilled } from "@ant-design/icons";
import { Alert, App, Button, Descriptions, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Online,
  type PaymentAccount,
  usePaymentAccounts,
  useRemoveAccount,
  useTestAccount,
} from "../../api/payments";
import { Panel } from "../../parts/Panel";
import { BlockSkeleton } from "../../parts/skeletons";
import { ErrorState, useProblemWords } from "../../parts/states";
import { useFormat } from "../../parts/useFormat";
import { AccountDrawer } from "./AccountDrawer";
import styles from "./payments.module.css";

const ONLINE = ["wechat", "alipay"] as const;
const AT_TILL = ["cash", "manual"] as const;
const DETAILS = ["app_id", "serial", "public_key_id", "seller_id"] as const;

/** Where money goes to. Keys go in and are never shown. */
export function AccountsTab() {
  const { t } = useTranslation();
  const { currency } = useFormat();
  const { data, error, refetch } = usePaymentAccounts();
  const [open, setOpen] = useState<Online | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => refetch()} />;
  if (!data) return <BlockSkeleton lines={8} />;
  return (
    <>
      {currency !== "CNY" && (
        <Alert
          className={styles.note ?? ""}
          type="info"
          showIcon
          title={t("payments.account.onlyCny", { currency })}
        />
      )}
      <div className={styles.accounts}>
        {ONLINE.map((provider) => (
          <Account
            key={provider}
            provider={provider}
            account={data.items.find((each) => each.provider === provider)}
            onSet={() => setOpen(provider)}
          />
        ))}
        {AT_TILL.map((provider) => (
          <Panel
            key={provider}
            title={t(`payments.provider.${provider}`)}
            extra={<Tag style={{ margin: 0 }}>{t("payments.account.always")}</Tag>}
          >
            <p className="muted">{t(`payments.account.${provider}Hint`)}</p>
          </Panel>
        ))}
      </div>
      {open && <AccountDrawer provider={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface AccountProps {
  provider: Online;
  account: PaymentAccount | undefined;
  onSet: () => void;
}

function Account({ provider, account, onSet }: AccountProps) {
  const { t } = useTranslation();
  return (
    <Panel
      title={t(`payments.provider.${provider}`)}
      extra={
        <Tag
          style={{ margin: 0 }}
          {...(account && { color: "success", icon: <CheckCircleFilled />, variant: "filled" as const })}
        >
          {t(account ? "payments.account.ready" : "payments.account.notSet")}
        </Tag>
      }
    >
      <p className="muted">{t(`payments.account.${provider}Hint`)}</p>
      {account ? (
        <Known provider={provider} account={account} onSet={onSet} />
      ) : (
        <Button type="primary" onClick={onSet}>
          {t("payments.account.set")}
        </Button>
      )}
    </Panel>
  );
}

function Known({ provider, account, onSet }: AccountProps & { account: PaymentAccount }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shown = DETAILS.filter((name) => account.details[name] && account.details[name] !== account.payee);
  return (
    <>
      <Descriptions
        colon={false}
        column={1}
        size="small"
        items={[
          {
            key: "payee",
            label: t(`payments.account.field.${provider === "wechat" ? "merchant_number" : "app_id"}`),
            children: <span className="num">{account.payee}</span>,
          },
          ...shown.map((name) => ({
            key: name,
            label: t(`payments.account.field.${name}`),
            children: <span className={`mono ${styles.long}`}>{account.details[name]}</span>,
          })),
          {
            key: "notify",
            label: t("payments.account.notify"),
            children: account.notification_url ? (
              <Typography.Text copyable className={`mono small ${styles.long}`}>
                {account.notification_url}
              </Typography.Text>
            ) : (
              <Typography.Text type="warning">{t("payments.account.noNotify")}</Typography.Text>
            ),
          },
        ]}
      />
      {account.set_at && (
        <p className="muted small">{t("payments.account.since", { at: format.dateTime(account.set_at) })}</p>
      )}
      <Actions provider={provider} onSet={onSet} />
    </>
  );
}

function Actions({ provider, onSet }: { provider: Online; onSet: () => void }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const words = useProblemWords();
  const test = useTestAccount(provider);
  const remove = useRemoveAccount(provider);
  const failed = (error: unknown) => void message.error(words(error).detail);
  const ask = () =>
    modal.confirm({
      title: t("payments.account.removeAsk", { name: t(`payments.provider.${provider}`) }),
      content: t("payments.account.removeHint"),
      okText: t("payments.account.remove"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync().then(() => void message.success(t("payments.account.removed")), failed),
    });
  return (
    <>
      {test.data && (
        <Alert
          className={styles.note ?? ""}
          type={test.data.ok ? "success" : "error"}
          showIcon
          title={
            test.data.ok
              ? t("payments.account.ok")
              : t("payments.account.failed", { reason: test.data.reason || "—" })
          }
        />
      )}
      <div className="cluster">
        <Button loading={test.isPending} onClick={() => test.mutate(undefined, { onError: failed })}>
          {t("payments.account.test")}
        </Button>
        <Button onClick={onSet}>{t("payments.account.replace")}</Button>
        <Button type="text" danger onClick={ask}>
          {t("payments.account.remove")}
        </Button>
      </div>
    </>
  );
}
