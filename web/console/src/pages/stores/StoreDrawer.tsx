import { App, DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";
import { useAddStore, useChangeStore, useRegions } from "../../api/stores";
import type { Store } from "../../api/types";
import { FormDrawer } from "../../parts/FormDrawer";
import { showFieldProblems } from "../../parts/formProblems";

interface Fields {
  code: string;
  name: string;
  region_id?: string;
  opened_on?: Dayjs | null;
  closed_on?: Dayjs | null;
}

const DAY = "YYYY-MM-DD";

export function StoreDrawer({ store, onClose }: { store: Store | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const regions = useRegions();
  const add = useAddStore();
  const change = useChangeStore(store?.id ?? "");
  const required = [{ required: true, message: t("form.required") }];
  const done = {
    onSuccess: () => {
      message.success(t("stores.saved"));
      onClose();
    },
    onError: (error: unknown) => showFieldProblems(form, error),
  };

  function submit({ code, name, region_id, opened_on, closed_on }: Fields) {
    const shared = { code, name, region_id: region_id ?? null };
    if (store) change.mutate({ ...shared, closed_on: closed_on?.format(DAY) ?? null }, done);
    else add.mutate({ ...shared, opened_on: opened_on?.format(DAY) ?? null }, done);
  }

  return (
    <FormDrawer
      title={t(store ? "stores.edit" : "stores.add")}
      form={form}
      submit={t(store ? "action.save" : "action.add")}
      busy={add.isPending || change.isPending}
      error={add.error ?? change.error}
      onClose={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={
          store
            ? {
                ...store,
                region_id: store.region?.id,
                closed_on: store.closed_on ? dayjs(store.closed_on) : null,
              }
            : {}
        }
      >
        <Form.Item name="code" label={t("stores.column.code")} rules={required}>
          <Input autoFocus={store === null} />
        </Form.Item>
        <Form.Item name="name" label={t("stores.column.name")} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="region_id" label={t("stores.column.region")}>
          <Select
            allowClear
            options={regions.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        </Form.Item>
        {store ? (
          <Form.Item name="closed_on" label={t("stores.column.closed_on")}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
        ) : (
          <Form.Item name="opened_on" label={t("stores.column.opened_on")}>
            <DatePicker style={{ width: "100%" }} />
          </Form.Item>
        )}
      </Form>
    </FormDrawer>
  );
}
